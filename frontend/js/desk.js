// What only wide screens load.
import "../css/desk.css";
import { jumpToSearch } from "./search_key.js";

jumpToSearch();
