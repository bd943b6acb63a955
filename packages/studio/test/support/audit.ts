/** @file The accessibility audit of a page. */
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What is serious or critical, with the elements that it is about. */
export async function seriousFindings(page: Page): Promise<unknown[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
