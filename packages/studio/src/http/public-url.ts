/** @file The address that a server is told it has. */
import { badOption } from "@dalle-ts/tensor";

/** Without slashes at its end. option: what it is called where it was given. Throws for what is no http address. */
export function publicAddress(text: string, option = "publicUrl"): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw badOption(option, "an address such as https://pictures.example", text);
}
