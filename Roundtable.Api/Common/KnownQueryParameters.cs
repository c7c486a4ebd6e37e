using System.Collections.Frozen;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Roundtable.Api.Common;

/// <summary>
/// Where an endpoint takes query parameters, one that it does not know is an error: a mistyped filter would find everything, and
/// some endpoints change all that they find.
/// </summary>
internal sealed class KnownQueryParameters : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        var names = action.Parameters.Where(p => p.BindingInfo?.BindingSource == BindingSource.Query).SelectMany(Names).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count > 0)
        {
            action.Filters.Add(new Guard(names));
        }
    }

    // A record's members are parameters themselves.
    private static IEnumerable<string> Names(ParameterModel parameter) =>
        parameter.ParameterType.Assembly == typeof(KnownQueryParameters).Assembly && parameter.ParameterType.IsClass
            ? parameter.ParameterType.GetProperties().Select(p => p.Name)
            : [parameter.ParameterName];

    private sealed class Guard(FrozenSet<string> known) : IActionFilter, IOrderedFilter
    {
        // Before the filter that answers what binding found, so that one answer names all of it.
        public int Order => -3000;

        public void OnActionExecuting(ActionExecutingContext context)
        {
            foreach (var name in context.HttpContext.Request.Query.Keys.Where(k => !known.Contains(k)))
            {
                context.ModelState.AddModelError(name, "There is no such parameter.");
            }
        }

        public void OnActionExecuted(ActionExecutedContext context)
        {
            // Nothing to do afterwards.
        }
    }
}
