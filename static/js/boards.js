// Gong and voice of the call board, and a page that mends itself. Each is an extra.

const GONG = [
  [784, 0],
  [659, 0.35],
  [523, 0.7],
];
// 1 is read yao in numbers called out in Chinese.
const DIGITS = { 0: "零", 1: "幺", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九" };
const FRESH_MS = 6 * 3600 * 1000;
const started = Date.now();
let sound = null;
let called = newestCall();

function newestCall() {
  return document.querySelector("[data-call]")?.dataset.call ?? "";
}

function spoken({ number, window, language }) {
  const digits = number.replace(/\d/g, (digit) => DIGITS[digit]);
  const chinese = `请 ${digits} 号 到 ${window} 号窗口办理业务`;
  const texts = [
    ["zh-CN", chinese],
    ["zh-CN", chinese],
    ["zh-HK", chinese],
  ];
  if (language === "en") {
    texts.push(["en-US", `Number ${number.split("").join(" ")}, please come to window ${window}`]);
  }
  return texts;
}

function gong() {
  for (const [frequency, after] of GONG) {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const at = sound.currentTime + after;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.4, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.9);
  }
}

function announce(facts) {
  if (!sound) return;
  gong();
  for (const [language, text] of spoken(facts)) {
    const voice = new SpeechSynthesisUtterance(text);
    voice.lang = language;
    voice.rate = 0.9;
    window.speechSynthesis?.speak(voice);
  }
}

document.addEventListener("htmx:load", () => {
  const newest = newestCall();
  if (newest && newest !== called) announce(document.querySelector("[data-call]").dataset);
  called = newest;
});

// Browsers play nothing before somebody has touched the page once.
const button = document.getElementById("sound");
button.hidden = false;
button.addEventListener("click", () => {
  sound = new AudioContext();
  button.remove();
  gong();
});

// A board runs for weeks: it takes up a new version of the site at a quiet moment.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && Date.now() - started > FRESH_MS && !sound) location.reload();
});

setInterval(() => {
  const clock = document.querySelector("[data-clock]");
  const time = new Date().toLocaleTimeString("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Shanghai",
  });
  if (clock) clock.textContent = clock.textContent.replace(/\d\d:\d\d/, time);
}, 5000);
