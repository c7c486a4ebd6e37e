namespace Roundtable.Application.Common;

/// <summary>
/// The session requirements of the running request. <see cref="IUnitOfWork"/> checks them again in every write transaction, because
/// the session may have ended or lost a right since the request was authorized: while its body arrived or while it waited to write.
/// </summary>
public interface IRequestRights
{
    /// <summary>The hash of the session secret; null if the request needs no session, and outside requests.</summary>
    string? SessionKeyHash { get; }

    /// <summary>Why the last transaction was refused, which becomes the response; null if it was not.</summary>
    Error? Refusal { get; }

    /// <summary>
    /// Checks the session, as the transaction reads it, against the endpoint's requirements and copies its rights to the request's
    /// session. Errors: <c>unauthenticated</c> if the session no longer exists, otherwise the endpoint's error for a caller without
    /// access.
    /// </summary>
    Error? Check(CurrentSession? session);
}
