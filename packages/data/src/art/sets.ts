/**
 * @file The sets of drawings, each under the word that captions use for its style. The packages are for painting
 * the world only: whoever generates pictures needs none of them. Authors and licences: docs/ART.md.
 */
export const artSets = {
  glossy: { package: "@iconify-json/fluent-emoji", side: 32 },
  flat: { package: "@iconify-json/fluent-emoji-flat", side: 32 },
  line: { package: "@iconify-json/fluent-emoji-high-contrast", side: 32 },
  shaded: { package: "@iconify-json/noto", side: 128 },
  old: { package: "@iconify-json/noto-v1", side: 128 },
  classic: { package: "@iconify-json/twemoji", side: 36 },
  bright: { package: "@iconify-json/emojione", side: 64 },
  retro: { package: "@iconify-json/fxemoji", side: 512 },
} as const;
export type ArtStyle = keyof typeof artSets;
export const artStyles = Object.keys(artSets) as ArtStyle[];
