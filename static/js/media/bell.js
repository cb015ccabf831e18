// A soft bell, made here: three partials that fade. No file, and nothing that startles.

const PARTIALS = [
  [330, 0.05],
  [660, 0.025],
  [990, 0.012],
];
const FADES = 3.5;

/** Rings once. A browser that allows no sound stays silent; the quiet is said in words too. */
export async function ring() {
  const sound = new AudioContext();
  const end = sound.currentTime + FADES;
  for (const [pitch, loudness] of PARTIALS) {
    const tone = new OscillatorNode(sound, { frequency: pitch });
    const fading = new GainNode(sound, { gain: 0 });
    fading.gain.linearRampToValueAtTime(loudness, sound.currentTime + 0.08);
    fading.gain.exponentialRampToValueAtTime(0.0001, end);
    tone.connect(fading).connect(sound.destination);
    tone.start();
    tone.stop(end);
  }
  setTimeout(() => sound.close(), (FADES + 0.5) * 1000);
}
