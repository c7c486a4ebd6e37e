using Roundtable.Application.Common;

namespace Roundtable.Application.ServiceAccounts;

public static class ServiceAccountErrors
{
    public static readonly Error Outranks = new(
        "forbidden",
        ErrorKind.Forbidden,
        "This service account has a permission that you do not have. Ask an admin who has it."
    );

    public static Error NotFound(string id) => Errors.NotFound("service account", id);
}
