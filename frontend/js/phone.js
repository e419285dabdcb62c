// What every page loads. Each behaviour is a comfort: the page does its work without it.
import "../css/phone.css";
import "htmx.org";
import { keepDrafts } from "./drafts.js";
import { openDialogs } from "./dialogs.js";
import { choosePhotos } from "./photos.js";
import { sendOnce } from "./send_once.js";
import { watchAge } from "./stale.js";
import { tellFailedRequests } from "./failed_requests.js";
import { tickAll } from "./tick_all.js";

keepDrafts();
sendOnce();
openDialogs();
choosePhotos();
watchAge();
tellFailedRequests();
tickAll();
