// Photos are taken or picked by two large buttons, add up, and are shown small with a cross to take one back.
// Without script the plain input stands, and does the same.
const SIDE = 240;

export function choosePhotos() {
  for (const input of document.querySelectorAll("input[data-photos]")) bind(input);
}

function bind(input) {
  const field = input.closest(".field");
  const ways = field.querySelector("[data-ways]");
  let chosen = [];
  const show = (files) => {
    chosen = files;
    const going = new DataTransfer();
    for (const file of files) going.items.add(file);
    input.files = going.files;
    field.querySelector("ul").replaceChildren(...files.map((file) => shown(file, () => show(without(file)))));
    ways.hidden = files.length >= Number(input.dataset.photos);
  };
  const without = (gone) => chosen.filter((file) => file !== gone);
  const shown = (file, remove) => {
    const item = field.querySelector("template").content.cloneNode(true).firstElementChild;
    item.querySelector("button").addEventListener("click", remove);
    draw(file, item.querySelector("canvas"));
    return item;
  };
  ways.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.way === "camera") input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    input.click();
  });
  input.addEventListener("change", () =>
    show([...chosen, ...input.files].slice(0, Number(input.dataset.photos))),
  );
  input.className = "visually-hidden";
  input.tabIndex = -1;
  show([...input.files]);
}

async function draw(file, canvas) {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: SIDE });
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
  } catch {
    canvas.replaceWith(file.name); // what a browser cannot draw, the server may still read or refuse
  }
}
