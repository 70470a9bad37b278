// The tours alone, for their pictures: `npm --prefix browser run pictures`.
import { after } from "node:test";
import { close } from "./support/browser.js";

import "./parts/tours.js";

after(close);
