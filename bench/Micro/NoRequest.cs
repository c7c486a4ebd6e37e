using Roundtable.Application.Common;

namespace Roundtable.Bench.Micro;

/// <summary>A signed-out caller on loopback.</summary>
internal sealed class NoRequest : IRequestContext, IRequestRights
{
    public string? RequestId => null;

    public string? IpAddress => "127.0.0.1";

    public string? UserAgent => "Micro";

    public IReadOnlyList<string> Languages => [];

    public Caller? Caller => null;

    public CurrentSession? Session => null;

    public IReadOnlyList<string> BrowserSecrets => [];

    public CallerCredential? Credential => null;

    public Error? Refusal => null;

    public Error? Check(Caller? caller) => null;
}
