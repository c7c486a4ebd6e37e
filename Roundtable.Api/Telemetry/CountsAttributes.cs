using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Roundtable.Api.Accounts;
using Roundtable.Api.Common;
using Roundtable.Application.Telemetry;

namespace Roundtable.Api.Telemetry;

/// <summary>Counts each answer of the endpoint as an attempt to sign in.</summary>
/// <param name="method">How: <c>magic_link</c>, <c>password</c>, <c>passkey</c> or <c>two_factor</c>.</param>
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

/// <summary>Counts each answer of the endpoint as an attempt to redeem a mailed link.</summary>
/// <param name="purpose">What the link is for.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CountsRedemptionAttribute(string purpose) : CountsAttribute
{
    public string Purpose => purpose;

    protected override void Count(RoundtableMetrics metrics, string outcome, IActionResult result) => metrics.Redemption(purpose, outcome);
}

/// <summary>Counts answers by how they ended: <c>succeeded</c> or the error's code.</summary>
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
        // It is counted by then.
    }

    protected abstract void Count(RoundtableMetrics metrics, string outcome, IActionResult result);
}
