// A part of a page that could not be fetched leaves the page as it is and says so. Answers about what
// was entered (409, 422) take their place instead; see htmx-config in shell/base.html.
const SHOWN_IN_PLACE = [409, 422];

function show() {
  const notice = document.getElementById("request-failed");
  if (notice) notice.hidden = false;
}

export function tellFailedRequests() {
  document.addEventListener("htmx:error", show);
  document.addEventListener("htmx:response:error", (event) => {
    if (!SHOWN_IN_PLACE.includes(event.detail.ctx.response.raw.status)) show();
  });
}
