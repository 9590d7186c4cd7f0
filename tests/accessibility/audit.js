// Evaluated in the open page by audit.py: what axe finds, and what axe does not look for.
async ([scope, impacts, isForAxe]) => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const said = (rule, node) =>
    `${rule.id} (${rule.impact}): ${node.target.flat().join(" ")}: ${node.any[0]?.message ?? rule.help}`;
  const options = { resultTypes: ["violations"], iframes: false };
  const found = isForAxe ? await axe.run(scope, options) : { violations: [] };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 1,
  );
  return {
    violations: found.violations
      .filter((rule) => impacts.includes(rule.impact))
      .flatMap((rule) => rule.nodes.map((node) => said(rule, node))),
    excess: document.scrollingElement.scrollWidth - innerWidth,
    widest: wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 80)),
    headlines: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).length,
    language: document.documentElement.lang,
  };
}
