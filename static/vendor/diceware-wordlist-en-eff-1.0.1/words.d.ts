declare const words: string;
export default words;
