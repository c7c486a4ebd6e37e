using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Common;

namespace Roundtable.Api.Common;

/// <summary>
/// Requires every query parameter to be known to the endpoint, to occur once and to have a text value. A mistyped or empty filter
/// would match everything, and some endpoints change everything that matches.
/// </summary>
internal sealed class KnownQueryParameters : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        var names = action
            .Parameters.Where(p => p.BindingInfo?.BindingSource == BindingSource.Query)
            .SelectMany(Names)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count > 0)
        {
            action.Filters.Add(new Guard(names));
        }
    }

    // The members of a record are separate parameters.
    private static IEnumerable<string> Names(ParameterModel parameter) =>
        parameter.ParameterType.Assembly == typeof(KnownQueryParameters).Assembly && parameter.ParameterType.IsClass
            ? parameter.ParameterType.GetProperties().Select(p => p.Name)
            : [parameter.ParameterName];

    private sealed class Guard(FrozenSet<string> known) : IActionFilter, IOrderedFilter
    {
        // Before the filter that reports binding errors, so that one response lists all of them.
        public int Order => -3000;

        public void OnActionExecuting(ActionExecutingContext context)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in new QueryStringEnumerable(context.HttpContext.Request.QueryString.Value))
            {
                var name = pair.DecodeName().ToString();
                if (IsCursor(name) && IsNoText(pair.DecodeValue().ToString()))
                {
                    // Same error for every list, even one that does not exist.
                    context.Result = ApiProblems.Result(Errors.InvalidCursor, context.HttpContext);
                    return;
                }

                if (Problem(name, pair, isFirst: seen.Add(name)) is { } problem)
                {
                    // Replaces the binding error for such a value.
                    context.ModelState.Remove(name);
                    context.ModelState.AddFieldError(name.Length == 0 ? "query" : name, problem);
                }
            }
        }

        public void OnActionExecuted(ActionExecutedContext context)
        {
            // Nothing to do.
        }

        private FieldError? Problem(string name, QueryStringEnumerable.EncodedNameValuePair pair, bool isFirst)
        {
            var value = pair.DecodeValue().ToString();
            return name switch
            {
                _ when !known.Contains(name) => new FieldError("unknown_member", "There is no such parameter."),
                _ when !isFirst => new FieldError("repeated", "The parameter occurs twice."),
                _ when !IsUtf8(pair.EncodedValue.Span) && !IsCursor(name) => FieldErrors.InvalidUnicode,
                // A value of combining marks alone is not searchable.
                _ when UnicodeText.Fold(value).Length == 0 => FieldErrors.Blank("value"),
                _ => ProfileRules.Text(value),
            };
        }

        private static bool IsNoText(string cursor) =>
            !string.IsNullOrWhiteSpace(cursor) && (UnicodeText.Fold(cursor).Length == 0 || ProfileRules.Text(cursor) is not null);

        // An invalid cursor of any kind has its own error.
        private static bool IsCursor(string name) => name.Equals(nameof(ListRequest.Cursor), StringComparison.OrdinalIgnoreCase);

        // The framework leaves invalid UTF-8 percent-encoded.
        private static bool IsUtf8(ReadOnlySpan<char> encoded)
        {
            var bytes = Encoding.UTF8.GetBytes(encoded.ToArray());
            return Utf8.IsValid(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
        }
    }
}
