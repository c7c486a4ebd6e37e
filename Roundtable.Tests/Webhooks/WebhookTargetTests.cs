using System.Net;
using Roundtable.Infrastructure.Webhooks;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>Webhook endpoints give no access to the server's internal network.</summary>
public sealed class WebhookTargetTests
{
    [TestCase("93.184.216.34", true)]
    [TestCase("172.32.0.1", true)]
    [TestCase("2606:2800:220:1:248:1893:25c8:1946", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("172.16.0.1", false)]
    [TestCase("192.168.1.1", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    [TestCase("fc00::1", false)]
    [TestCase("fe80::1", false)]
    [TestCase("ff02::1", false)]
    public void IsPublic_IsFalse_ForPrivateRanges(string address, bool expected) =>
        Assert.That(PublicTargets.IsPublic(IPAddress.Parse(address)), Is.EqualTo(expected));

    [Test]
    public async Task Endpoints_MustBePublicHttps_UnlessInsecureTargetsAreAllowed()
    {
        await using var app = TestApp.Start(("Webhooks:AllowInsecureTargets", "false"));
        using var admin = await app.NewAdminAsync();
        foreach (var url in (string[])["http://example.com/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/"])
        {
            (await admin.PostAsync("/admin/webhooks", new { url })).ShouldFail(400, "validation_failed");
        }

        // Whether a name or an address leads inside is known only on connecting and must be checked then.
        var id = (string)
            (await admin.PostAsync("/admin/webhooks", new { url = "https://10.255.255.1/" })).ShouldSucceed(201).Data["webhook"]!["id"]!;
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        for (var tries = 0; tries < 400; tries++)
        {
            var delivery = (await admin.GetAsync($"/admin/webhooks/{id}/deliveries"))
                .ShouldSucceed()
                .Items.Single(d => (string?)d["eventType"] == "webhook.test");
            if ((int?)delivery["attempts"] > 0)
            {
                Assert.That((string?)delivery["lastError"], Is.EqualTo("The endpoint cannot be reached."));
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It was never tried.");
    }
}
