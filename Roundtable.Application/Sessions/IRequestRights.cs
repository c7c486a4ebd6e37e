using Roundtable.Application.Common;

namespace Roundtable.Application.Sessions;

/// <summary>
/// What the running request needs of its session. <see cref="IUnitOfWork"/> asks again inside every write transaction, as the session may
/// have ended, or lost a right, since the request was let in: while its body arrived, or while it waited to write.
/// </summary>
public interface IRequestRights
{
    /// <summary>The hash of the session's secret; null where the request needs no session, and outside of requests.</summary>
    string? SessionKeyHash { get; }

    /// <summary>Why the last transaction was refused, which is what the request is answered with; null when it was not.</summary>
    Error? Refusal { get; }

    /// <summary>
    /// Holds the session, as the transaction sees it, against all that the endpoint asks for; the request's own takes over its rights.
    /// Errors: <c>unauthenticated</c> when there is none any more, else what the endpoint answers to a caller who may not call it.
    /// </summary>
    Error? Check(CurrentSession? session);
}
