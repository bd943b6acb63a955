/** @file The entry of the Studio page. */
import { render } from "preact";
import { App } from "./app";
import "./style/page.css";
import "./style/fields.css";
import "./style/pictures.css";
import "./style/mask-editor.css";
import "./style/explore.css";
import "./style/dialog.css";
import "./style/training.css";

render(<App />, document.getElementById("studio")!);
