/** @file Code that draws a picture of the gallery again, for those who want to go on in their own program. */
import type { PictureRecord } from "../records.js";

export const codeLanguages = ["curl", "TypeScript", "Python"] as const;

/** undefined for pictures made from others: the one they came from is not kept beside them. */
export function codeFor(
  picture: PictureRecord,
  language: (typeof codeLanguages)[number],
  origin: string,
): string | undefined {
  if (picture.kind !== "generation") return undefined;
  const { temperature, topK, topP, guidance } = picture.settings;
  const settings = { temperature, top_k: topK, top_p: topP, guidance_scale: guidance };
  const extras = Object.entries({ seed: picture.seed, ...settings }).filter(
    ([, value]) => value !== undefined,
  );
  const prompt = JSON.stringify(picture.caption);
  if (language === "curl") {
    const body = JSON.stringify({ prompt: picture.caption, ...Object.fromEntries(extras) });
    return `curl ${origin}/v1/images/generations \\
  -H 'content-type: application/json' \\
  -d '${body.replaceAll("'", "'\\''")}' |
  jq -r '.data[0].b64_json' | base64 -d > picture.png`;
  }
  if (language === "TypeScript") {
    return `import { writeFile } from "node:fs/promises";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${origin}/v1", apiKey: "any" });
const { data } = await client.images.generate({
  prompt: ${prompt},
${extras.map(([name, value]) => `  ${name}: ${value},`).join("\n")}
} as OpenAI.ImageGenerateParamsNonStreaming);
await writeFile("picture.png", Buffer.from(data![0]!.b64_json!, "base64"));`;
  }
  return `import base64
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="any")
answer = client.images.generate(
    prompt=${prompt},
    extra_body={${extras.map(([name, value]) => `"${name}": ${value}`).join(", ")}},
)
with open("picture.png", "wb") as file:
    file.write(base64.b64decode(answer.data[0].b64_json))`;
}
