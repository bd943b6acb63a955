/** @file Code that draws a picture of the gallery again, for those who want to go on in their own program. */
import type { PictureRecord } from "../records.js";

export const codeLanguages = ["curl", "TypeScript", "Python"] as const;

interface Server {
  readonly origin: string;
  /** The code then takes the key from DALLE_API_KEY. */
  readonly asksForKey: boolean;
}

/** undefined for pictures made from others: the one they came from is not kept beside them. */
export function codeFor(
  picture: PictureRecord,
  language: (typeof codeLanguages)[number],
  { origin, asksForKey }: Server,
): string | undefined {
  if (picture.kind !== "generation") return undefined;
  const { temperature, topK, topP, guidance, guidanceEnd } = picture.settings;
  const settings = {
    ...{ seed: picture.seed, temperature, top_k: topK, top_p: topP },
    ...{ guidance_scale: guidance, guidance_end: guidanceEnd },
  };
  const extras = Object.entries(settings).filter(([, value]) => value !== undefined);
  const prompt = JSON.stringify(picture.caption);
  if (language === "curl") {
    const body = JSON.stringify({ prompt: picture.caption, ...Object.fromEntries(extras) });
    return `curl ${origin}/v1/images/generations \\
  -H 'content-type: application/json' \\${asksForKey ? '\n  -H "authorization: Bearer $DALLE_API_KEY" \\' : ""}
  -d '${body.replaceAll("'", "'\\''")}' |
  jq -r '.data[0].b64_json' | base64 -d > picture.png`;
  }
  if (language === "TypeScript") {
    const apiKey = asksForKey ? "process.env.DALLE_API_KEY" : '"any"';
    return `import { writeFile } from "node:fs/promises";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${origin}/v1", apiKey: ${apiKey} });
const { data } = await client.images.generate({
  prompt: ${prompt},
${extras.map(([name, value]) => `  ${name}: ${value},`).join("\n")}
} as OpenAI.ImageGenerateParamsNonStreaming);
await writeFile("picture.png", Buffer.from(data![0]!.b64_json!, "base64"));`;
  }
  const apiKey = asksForKey ? 'os.environ["DALLE_API_KEY"]' : '"any"';
  return `import base64${asksForKey ? "\nimport os" : ""}
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key=${apiKey})
answer = client.images.generate(
    prompt=${prompt},
    extra_body={${extras.map(([name, value]) => `"${name}": ${value}`).join(", ")}},
)
with open("picture.png", "wb") as file:
    file.write(base64.b64decode(answer.data[0].b64_json))`;
}
