// A page that lay open for long, or came back from history after an act, says that it may be old.
const OLD_AFTER = 30 * 60 * 1000;
const opened = Date.now();

function show() {
  const notice = document.getElementById("stale-notice");
  if (notice) notice.hidden = false;
}

export function watchAge() {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - opened > OLD_AFTER) show();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) show();
  });
}
