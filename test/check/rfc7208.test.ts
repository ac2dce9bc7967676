// The RFC 7208 test suite through our adapter of the library: every result and every explanation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mailAuth } from "../../server/src/node/mailAuth/library.ts";
import { askZone, readSuite } from "../support/spf-suite.ts";

const scenarios = readSuite();

test("the suite has its 203 cases in 16 scenarios", () => {
  const cases = scenarios.flatMap(({ tests }) => Object.keys(tests));
  assert.deepEqual([cases.length, scenarios.length], [203, 16]);
});

for (const scenario of scenarios) {
  test(`SPF by RFC 7208: ${scenario.description}`, async (t) => {
    const ask = askZone(scenario);
    for (const [name, { host, mailfrom, helo, result, explanation }] of Object.entries(scenario.tests)) {
      await t.test(name, async () => {
        const found = await mailAuth.spf({ ip: host, sender: mailfrom, helo }, ask);
        assert.ok([result].flat().includes(found.result), `${found.result} instead of ${result} (${found.problem})`);
        // "DEFAULT" is the suite's word for no explanation; letters of names count in no case.
        const says = found.explanation ?? "DEFAULT";
        if (explanation !== undefined) assert.equal(says.toLowerCase(), explanation.toLowerCase());
      });
    }
  });
}
