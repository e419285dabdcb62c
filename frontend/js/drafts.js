// What was typed is never lost: a form with data-draft is kept in this browser as typed, under the
// person signed in, and filled in again when it is opened anew. It is forgotten once the server took
// it, which shows as the redirect after a post, or after thirty days. Passwords, files and hidden
// values are not kept.
const PREFIX = "xiaoan.draft";
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;
const SENDING = `${PREFIX}.sending`;
const NOT_KEPT = ["password", "file", "hidden", "submit", "button"];

const key = (form) => [PREFIX, document.body.dataset.viewer ?? "", form.dataset.draft].join("|");

function typed(form) {
  return [...form.elements].filter((field) => field.name && !NOT_KEPT.includes(field.type));
}

function read(form) {
  const kept = JSON.parse(localStorage.getItem(key(form)) ?? "null");
  return kept && Date.now() - kept.at < KEPT_FOR ? kept.values : null;
}

function chosen(field) {
  return !["checkbox", "radio"].includes(field.type) || field.checked;
}

function keep(form) {
  const values = typed(form)
    .filter(chosen)
    .flatMap((field) =>
      field.multiple
        ? [...field.selectedOptions].map((option) => [field.name, option.value])
        : [[field.name, field.value]],
    );
  localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values }));
}

function put(field, values) {
  const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
  if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
  else if (field.multiple) for (const option of field.options) option.selected = mine.includes(option.value);
  else if (mine.length) [field.value] = mine;
}

function restore(form) {
  const values = read(form);
  if (!values) return;
  for (const field of typed(form)) put(field, values);
  const notice = form.querySelector("[data-draft-notice]");
  if (notice) notice.hidden = false;
}

function forgetSent() {
  const sending = sessionStorage.getItem(SENDING);
  sessionStorage.removeItem(SENDING);
  const [visit] = performance.getEntriesByType("navigation");
  const taken = visit?.redirectCount > 0 && !document.querySelector("[data-sign-in]");
  if (sending && taken) localStorage.removeItem(sending);
}

export function keepDrafts() {
  forgetSent();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!form.querySelector("[aria-invalid=true]")) restore(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => sessionStorage.setItem(SENDING, key(form)));
    form.addEventListener("reset", () => {
      localStorage.removeItem(key(form));
      form.querySelector("[data-draft-notice]").hidden = true;
    });
  }
}
