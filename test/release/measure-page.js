// Runs in a page of the audit: opens what is folded, and writes what it measures into an attribute of the body.
for (const one of document.querySelectorAll("details")) one.open = true;

const channels = (color) => (color.match(/[\d.]+/gu) ?? []).map(Number);

function luminance(color) {
  const [r, g, b] = channels(color).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function behind(element) {
  if (element === null) return "rgb(255, 255, 255)";
  const { backgroundColor } = getComputedStyle(element);
  return channels(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
}

function contrastIn(element) {
  const both = [getComputedStyle(element).color, behind(element)].map(luminance);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}

const pale = [];
let texts = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
  const text = node.textContent.trim();
  if (text === "" || node.parentElement.localName === "script") continue;
  texts += 1;
  const contrast = contrastIn(node.parentElement);
  if (contrast < 4.5) pale.push(`${contrast.toFixed(2)} ${text.slice(0, 40)}`);
}

const { scrollWidth, clientWidth } = document.documentElement;
document.body.dataset.look = JSON.stringify({
  sideways: scrollWidth - clientWidth,
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  pale,
  texts,
  foreign: document.querySelectorAll("main script, main img, main iframe").length,
});
