using Roundtable.Application.Common;

namespace Roundtable.Application.MagicLinks;

public static class MagicLinkErrors
{
    public static readonly Error InvalidCallback = new Error(
        "invalid_callback",
        ErrorKind.BadRequest,
        "The callback must be a local path (/…) or an address of a trusted origin."
    ).WithDetail("field", "callbackUrl");
}
