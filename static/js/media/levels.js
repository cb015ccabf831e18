// How loud one's own microphone is, for the meter at the door. Reckoned here and shown here; it goes nowhere.

/** @param {MediaStreamTrack} track @param {(level: number) => void} onLevel about eight times a second, 0 to 1 @returns {() => void} stop */
export function measure(track, onLevel) {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(Math.min(1, Math.sqrt(power) * 4));
  }, 125);
  return () => {
    clearInterval(timer);
    source.disconnect();
    context.close();
  };
}
