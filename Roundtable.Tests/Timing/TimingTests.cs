using System.Diagnostics;
using System.Globalization;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Timing;

/// <summary>Response times do not reveal whether an address has an account.</summary>
[Category("threat-20")]
[Category("Slow")]
[NonParallelizable]
public sealed class TimingTests
{
    private const int WarmUp = 6;
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.StartWithCostlyHashes();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    // A busy machine is noisy: three tries, and a quarter of the median.
    [Test]
    [Retry(3)]
    public async Task Response_TakesTheSameTime_ForAnUnknownAddress(
        [Values(
            "/auth/sign-in",
            "/auth/sign-up",
            "/auth/password/forgot",
            "/auth/email/verification",
            "/auth/email/change",
            "/auth/magic-link"
        )]
            string path
    ) => Assert.That(await DifferenceAsync(path, 30), Is.LessThan(0.25));

    [Test]
    [Explicit("measures at length")]
    public async Task Response_TakesTheSameTime_ForAnUnknownAddress_200Samples(
        [Values(
            "/auth/sign-in",
            "/auth/sign-up",
            "/auth/password/forgot",
            "/auth/email/verification",
            "/auth/email/change",
            "/auth/magic-link"
        )]
            string path
    ) => Assert.That(await DifferenceAsync(path, 200), Is.LessThan(0.10));

    private async Task<double> DifferenceAsync(string path, int count)
    {
        using var person = await Person.ByLinkAsync(app);
        var browser = person.Browser;
        var known = await AddUsersAsync(count + WarmUp, verified: path != "/auth/email/verification");
        var (ofKnown, ofUnknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < known.Count; i++)
        {
            // Alternates, so that each kind is first equally often.
            var first = i % 2 == 0;
            var one = await TimeAsync(browser, path, first ? known[i] : TestApp.NewEmail());
            var two = await TimeAsync(browser, path, first ? TestApp.NewEmail() : known[i]);
            if (i >= WarmUp)
            {
                ofKnown.Add(first ? one : two);
                ofUnknown.Add(first ? two : one);
            }
        }

        var (a, b) = (Median(ofKnown), Median(ofUnknown));
        TestContext.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: known {a:0.00} ms, unknown {b:0.00} ms, {(a - b) / Math.Max(a, b):+0.0%;-0.0%} of {count} each"
            )
        );
        return Math.Abs(a - b) / Math.Max(a, b);
    }

    private static async Task<double> TimeAsync(Browser browser, string path, string email)
    {
        object body = path switch
        {
            "/auth/sign-in" => new { email, password = Person.NewPassword },
            "/auth/sign-up" => new
            {
                email,
                password = Person.NewPassword,
                name = "Grace Hopper",
            },
            "/auth/email/change" => new { newEmail = email },
            _ => new { email },
        };
        var start = Stopwatch.GetTimestamp();
        var answer = await browser.PostAsync(path, body);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.That(answer.Status, Is.EqualTo(path == "/auth/sign-in" ? 401 : 202), answer.Text);
        return time;
    }

    private async Task<IReadOnlyList<string>> AddUsersAsync(int count, bool verified)
    {
        using var model = await Person.WithPasswordAsync(app);
        var hash = (await app.FindUserAsync(model.Email))!.Credentials.PasswordHash;
        var emails = Enumerable.Range(0, count).Select(_ => TestApp.NewEmail("known")).ToList();
        await app.ReadAsync(async db =>
        {
            foreach (var email in emails)
            {
                _ = EmailAddress.TryParse(email, out var address);
                var user = User.Create(address, null, UserOrigin.SelfRegistered, app.Now);
                user.Credentials.SetPassword(hash);
                if (verified)
                {
                    user.VerifyEmail(app.Now);
                }

                db.Users.Add(user);
            }

            return await db.SaveChangesAsync();
        });
        return emails;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
