/** @file A capybara, sitting, from the side: a brown loaf with a long square snout and small ears. 64 × 64 canvas. */
import { ellipse } from "../paint/draw.js";

const fur = "#a9713f";
const dark = "#7a4b27";
const light = "#c4905c";

export const capybara =
  ellipse(46, 58, 12, 4, `fill="${dark}"`) +
  `<path d="M24 24C40 22 60 32 60 50C60 60 54 61 48 61H24C18 61 16 52 17 42Z" fill="${fur}"/>` +
  `<path d="M34 34C50 32 57 44 55 54C50 60 40 60 34 58Z" fill="${light}" fill-opacity=".45"/>` +
  `<path d="M22 44h7v17h-9C19 54 20 50 22 44Z" fill="${dark}"/><path d="M31 46h6v15h-8C28 56 29 50 31 46Z" fill="${fur}"/>` +
  ellipse(24, 61, 5, 2, `fill="${dark}"`) +
  ellipse(33.5, 61, 5, 2, `fill="${dark}"`) +
  // The head: long, blunt, with the nose high up.
  ellipse(32, 13.5, 3.6, 4.2, `fill="${dark}"`) +
  ellipse(24.5, 12, 3.4, 4, `fill="${fur}" stroke="${dark}" stroke-width="1"`) +
  `<path d="M36 17C39 26 36 36 28 38L12 39C6 39 3 35 4 28C5 22 10 21 16 17C22 11 33 9 36 17Z" fill="${fur}"/>` +
  `<path d="M4 28C5 22 9 21.500 13 19.500C15 25 15 34 11 39C6 38 3 35 4 28Z" fill="${dark}"/>` +
  ellipse(7.5, 25.5, 1.5, 1, 'fill="#2b1a12"') +
  `<path d="M5 33.500q5 2 9-.5" fill="none" stroke="#2b1a12" stroke-width="1.200" stroke-linecap="round"/>` +
  ellipse(22.5, 21, 2.3, 2.6, 'fill="#23150e"') +
  ellipse(21.8, 20, 0.8, 0.8, 'fill="#fff"') +
  `<path d="M18.500 18q3.500-3 7 0" fill="none" stroke="${dark}" stroke-width="1.200" stroke-linecap="round"/>` +
  ellipse(26, 29, 3, 1.8, 'fill="#e58a6a" fill-opacity=".5"');
