// One box that ticks all boxes of a name in its form, and follows them. Without script it stays hidden.
export function tickAll() {
  for (const label of document.querySelectorAll("[data-ticks-all]")) bind(label);
}

function bind(label) {
  const all = label.querySelector("input");
  const boxes = [...label.closest("form").querySelectorAll(`input[type=checkbox][name="${label.dataset.ticksAll}"]`)];
  const follow = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", follow);
  label.hidden = false;
  follow();
}
