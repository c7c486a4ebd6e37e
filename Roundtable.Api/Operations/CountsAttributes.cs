using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Api.Common;
using Roundtable.Api.SignIn;
using Roundtable.Application.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Counts each response of the endpoint as a sign-in attempt.</summary>
/// <param name="method">The sign-in method: <c>magic_link</c>, <c>password</c>, <c>passkey</c> or <c>two_factor</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CountsSignInAttribute(string method) : CountsAttribute
{
    public string Method => method;

    protected override void Count(RoundtableMetrics metrics, string outcome, IActionResult result) =>
        metrics.SignIn(
            method,
            result is ObjectResult { Value: ApiResponse<SignInAnswer> { Data.TwoFactorRequired: true } } ? "two_factor_required" : outcome
        );
}

/// <summary>Counts each response of the endpoint as an attempt to redeem a mailed link.</summary>
/// <param name="purpose">The purpose of the link.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CountsRedemptionAttribute(string purpose) : CountsAttribute
{
    public string Purpose => purpose;

    protected override void Count(RoundtableMetrics metrics, string outcome, IActionResult result) => metrics.Redemption(purpose, outcome);
}

/// <summary>Counts responses by outcome: <c>succeeded</c> or the error's code.</summary>
public abstract class CountsAttribute : Attribute, IAlwaysRunResultFilter
{
    private const string Succeeded = "succeeded";

    public void OnResultExecuting(ResultExecutingContext context) =>
        Count(
            context.HttpContext.RequestServices.GetRequiredService<RoundtableMetrics>(),
            ApiProblems.CodeOf(context.HttpContext) ?? Succeeded,
            context.Result
        );

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // Already counted.
    }

    protected abstract void Count(RoundtableMetrics metrics, string outcome, IActionResult result);
}
