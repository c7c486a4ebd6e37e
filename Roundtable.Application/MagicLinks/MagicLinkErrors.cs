using Roundtable.Application.Common;

namespace Roundtable.Application.MagicLinks;

public static class MagicLinkErrors
{
    public static readonly Error InvalidCallback = new Error(
        "invalid_callback",
        ErrorKind.BadRequest,
        "The callback must be a local path (/…) or an address of a trusted origin."
    ).WithDetail("field", "callbackUrl");

    public static readonly Error NoRequest = new("not_found", ErrorKind.NotFound, "This browser has not requested a link.");

    public static readonly Error OtherBrowser = new(
        "other_browser",
        ErrorKind.Forbidden,
        "Open the link in the browser that requested it, or type the code from the mail there. The link remains valid."
    );
}
