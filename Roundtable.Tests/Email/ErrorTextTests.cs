using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

public sealed class ErrorTextTests
{
    [TestCase("550 <ada@example.com>: no", "550 <[address]>: no")]
    [TestCase("to=ada.l+x@sub.example.com;", "[address];")]
    [TestCase("see https://x.example/magic-link#token=abc now", "see [link] now")]
    [TestCase("key SG.abc.def", "key […]")]
    [TestCase("queued as 4f3c2b1a9d8e7f6051423", "queued as […]")]
    [TestCase("line\r\nbreak\u0000s", "line break s")]
    [TestCase("the server's certificate-revocation-list is old", "the server's certificate-revocation-list is old")]
    [TestCase("refused hunter2", "refused [secret]")]
    public void Clean_RemovesSensitiveData(string text, string cleaned) =>
        Assert.That(ErrorText.Clean(text, "hunter2", null), Is.EqualTo(cleaned));

    [Test]
    public void Clean_LimitsTheLength() =>
        Assert.That(ErrorText.Clean(string.Concat(Enumerable.Repeat("no ", 1000))), Has.Length.EqualTo(500));
}
