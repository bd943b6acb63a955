/** @file The library as it is installed: packed, laid out as npm does, imported, its types resolved, and bundled. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const packages = ["tensor", "models", "dalle"];

describe("the packed library", () => {
  let project: string;
  let modules: string;

  /** A package of a registry that the packed ones need. */
  async function link(name: string): Promise<void> {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, "node_modules", name), join(modules, name));
  }

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "dalle-packed-"));
    modules = join(project, "node_modules");
    await writeFile(join(project, "package.json"), '{ "type": "module" }');
    const needed = new Set(["typescript", "@types/node", "undici-types"]);
    for (const name of packages) {
      const argv = ["pack", "--json", "--silent", "--pack-destination", project];
      const packed = await run("npm", argv, { cwd: join(root, "packages", name) });
      const listed = JSON.parse(packed.stdout) as { filename: string; name: string }[];
      const { filename, name: fullName } = Object.values(listed)[0]!;
      const target = join(modules, fullName);
      await mkdir(target, { recursive: true });
      await run("tar", ["-xzf", join(project, filename), "--strip-components=1", "-C", target]);
      const manifest = JSON.parse(await readFile(join(target, "package.json"), "utf8"));
      for (const each of Object.keys(manifest.dependencies ?? {})) needed.add(each);
    }
    for (const name of needed) if (!/^(@dalle-ts\/|dalle-ts$)/.test(name)) await link(name);
  });
  afterAll(() => rm(project, { recursive: true, force: true }));

  test("holds what runs, the model, and nothing else", async () => {
    expect((await readdir(join(modules, "dalle-ts"))).sort()).toEqual([
      "README.md",
      "dist",
      "models",
      "package.json",
    ]);
    const manifest = async (folder: string) =>
      JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const { engines } = await manifest(join(modules, "dalle-ts"));
    expect(engines).toEqual((await manifest(root)).engines);
  });

  test("is imported, draws with the model inside of it, and prints nothing by itself", async () => {
    const program = `
      import { Dalle, DalleError, encodePng } from "dalle-ts";
      const dalle = await Dalle.load();
      const [image] = await dalle.generate("a red cube", { seed: 1 });
      const png = await encodePng(image);
      const refused = await dalle.generate("", { count: 0 }).catch((error) => error);
      console.log(image.codes.length, dalle.engine.name, png.length > 100, refused instanceof DalleError);
      await dalle.dispose();`;
    const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", program], {
      cwd: project,
    });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^\d+ cpu true true\n$/);
  });

  test.each([
    ["NodeNext", "NodeNext", "node"],
    ["ESNext", "Bundler", ""],
  ])("its types resolve with module %s, resolution %s", async (module, moduleResolution, types) => {
    await writeFile(
      join(project, "program.ts"),
      `import { Dalle, DalleError, rgbaOf } from "dalle-ts";
       import type { ContactSheetOptions, ContinueOptions, DalleErrorCode, EditOptions, GeneratedImage, KeptBorders, LikelihoodOptions,
         LoadImageOptions, LoadOptions, PictureOrder, StreamOptions, VaryOptions } from "dalle-ts";
       const dalle: Dalle = await Dalle.load("models/default/", { onProgress: (loaded: number, total: number) => {} });
       const images: GeneratedImage[] = await dalle.generate("a red cube", { seed: 1 });
       const bytes: Uint8ClampedArray = rgbaOf(images[0]!);
       const name: "cpu" | "webgpu" | "wasm-threads" | "wasm" = dalle.engine.name;
       // @ts-expect-error There is no such option.
       await dalle.generate("a red cube", { sead: 1 });
       const refused: unknown = await dalle.generate("", { count: 0 }).catch((error) => error);
       const code: DalleErrorCode | undefined = refused instanceof DalleError ? refused.code : undefined;
       // Whatever may be left out may be undefined too, for those who ask their compiler to tell the two apart.
       type LeftOut<O> = { [Name in keyof O as {} extends Pick<O, Name> ? Name : never]: undefined };
       type Refusing<Kinds> = { [Kind in keyof Kinds]: LeftOut<Kinds[Kind]> extends Partial<Kinds[Kind]> ? never : Kind }[keyof Kinds];
       const refusing: Refusing<{
         load: LoadOptions, stream: StreamOptions, vary: VaryOptions, edit: EditOptions, continue: ContinueOptions, likelihood: LikelihoodOptions,
         order: PictureOrder, keep: KeptBorders, image: LoadImageOptions, sheet: ContactSheetOptions, memory: Parameters<Dalle["estimateMemory"]>[0] & {},
       }>[] = [];
       const none: never[] = refusing;
       const { temperature, topP, guidance } = dalle.sampling();
       console.log(bytes, name, code, none, temperature + topP + guidance);`,
    );
    const compilerOptions = {
      module,
      moduleResolution,
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: types === "", // a page without Node's types cannot check the declarations that mention them
      target: "ES2023",
      lib: ["ES2023", "DOM", "ESNext.Disposable"],
      types: types ? [types] : [],
    };
    const config = JSON.stringify({ compilerOptions, files: ["program.ts"] });
    await writeFile(join(project, "tsconfig.json"), config);
    const compiler = join(root, "node_modules", ".bin", "tsc");
    const result = await run(compiler, ["-p", project]).catch((error) => error);
    expect(result.stdout).toBe("");
  });

  test("a page is bundled from it without any setting, the runtime's files beside it", async () => {
    await writeFile(join(project, "index.html"), '<script type="module" src="page.js"></script>');
    await writeFile(
      join(project, "page.js"),
      'import { Dalle } from "dalle-ts"; globalThis.dalle = await Dalle.load();',
    );
    const warnings: string[] = [];
    await build({
      root: project,
      configFile: false,
      logLevel: "silent",
      build: {
        target: "esnext",
        rolldownOptions: { onLog: (_level, log) => void warnings.push(log.message) },
      },
    });
    expect(warnings).toEqual([]);
    const names = await readdir(join(project, "dist", "assets"));
    for (const kind of [/^ort-wasm-simd-threaded-.*\.wasm$/, /^ort-wasm-simd-threaded-.*\.mjs$/]) {
      expect(names.filter((name) => kind.test(name))).toHaveLength(1);
    }
  });
});
