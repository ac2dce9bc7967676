// Real Postfix, Exim and Sendmail send bursts to a receiver that counts its sessions: their logs must give what it counted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { send } from "../support/mta.ts";
import { burstOf, exactServers, measurementOf, openNear, vagueServers } from "./bursts.ts";

// They wait most of the time, but two cores cannot start all of them at once.
describe("a burst to cox.net", { concurrency: 3 }, () => {
  for (const { server, log } of Object.values(exactServers)) {
    for (const sessions of [14, 5]) {
      test(`${server.name} opens ${sessions} sessions for 30 messages, and its log shows ${sessions}`, async () => {
        const { logs, truth } = await send(server, burstOf(sessions));
        assert.equal(truth.peak, sessions);
        const { peak, ...rest } = measurementOf(logs[log] ?? "", new Date());
        assert.equal(peak.sessions, truth.peak);
        assert.equal(openNear(truth, peak.at, 1000), truth.peak);
        assert.deepEqual([rest.provider, rest.host], ["cox", "cxr.mx.a.cloudfilter.net"]);
        assert.deepEqual([rest.accepted, rest.sessions.count], [truth.messages, truth.sessions.length]);
        assertBounds(logs, truth.peak);
      });
    }

    test(`${server.name} meets a limit of 10 sessions, and its log shows each refusal and the limit`, async () => {
      const { logs, truth } = await send(server, burstOf(14, 10));
      const refused = truth.sessions.filter((session) => session.refused);
      assert.equal(truth.served, 10);
      assert.ok(refused.length > 0);
      const { peak, refusals } = measurementOf(logs[log] ?? "", new Date());
      assert.equal(refusals["cox/CXCNCT"]?.count, refused.length);
      const [first] = refusals["cox/CXCNCT"]?.at ?? [];
      const times = refused.map(({ from }) => from);
      assert.ok(Math.abs((first?.at ?? 0) - Math.min(...times)) < 1000, `${first?.at} is not near ${times}`);
      // Refused sessions last some milliseconds: how many of them were open together no log tells exactly.
      assert.ok(peak.sessions >= truth.served && peak.sessions <= truth.served + refused.length, String(peak.sessions));
    });
  }

  for (const [name, server] of Object.entries(vagueServers)) {
    test(`the log of ${name} leaves the peak open, and the measurement says how far`, async () => {
      const sessions = name === "exim-at-once" ? 30 : 14;
      const { logs, truth } = await send(server, burstOf(sessions));
      assertBounds(logs, truth.peak);
    });
  }
});

function assertBounds(logs: Readonly<Record<string, string>>, truth: number): void {
  for (const [name, text] of Object.entries(logs)) {
    const { least, most } = measurementOf(text, new Date()).peak;
    assert.ok(least <= truth && truth <= most, `${name}: ${truth} is not within ${least} and ${most}\n${text}`);
  }
}
