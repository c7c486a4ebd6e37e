namespace Roundtable.Infrastructure.Common;

internal static class ExceptionExtensions
{
    /// <summary>Returns the first exception of the type, from the outermost inwards.</summary>
    public static T? Find<T>(this Exception exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}
