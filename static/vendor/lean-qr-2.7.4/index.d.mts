export interface Code {
  readonly size: number;
  get(x: number, y: number): boolean;
}
export function generate(text: string): Code;
