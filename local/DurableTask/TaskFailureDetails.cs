using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>An error as it is recorded in a history: it outlives the process and the types of its exception.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">Where it was thrown.</param>
/// <param name="InnerFailure">The error behind this one: an inner exception, or the task's failure behind a <see cref="TaskFailedException"/>.</param>
/// <param name="Properties">Further values; none are recorded at present.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The error's type and message in one line.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    /// <summary>Whether the error itself (not one behind it) was of this type or one derived from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the error itself (not one behind it) was of this type or one derived from it.</summary>
    /// <param name="targetBaseExceptionType">The type of exception.</param>
    /// <returns>False too when the error's type cannot be found in this process.</returns>
    /// <exception cref="ArgumentException">The type is not an exception's.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of the error's name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        return FindErrorType(targetBaseExceptionType.Assembly) is Type errorType && targetBaseExceptionType.IsAssignableFrom(errorType);
    }

    /// <summary>Records an exception and those inside it.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        TaskFailureDetails? inner = exception is TaskFailedException failed
            ? failed.FailureDetails
            : exception.InnerException is null ? null : FromException(exception.InnerException);
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, null);
    }

    private Type? FindErrorType(Assembly likely)
    {
        if (string.IsNullOrEmpty(ErrorType))
        {
            return null;
        }

        if ((Type.GetType(ErrorType, throwOnError: false) ?? likely.GetType(ErrorType, throwOnError: false)) is Type near)
        {
            return near;
        }

        Type[] found = [.. AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(ErrorType, throwOnError: false)).OfType<Type>()];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new AmbiguousMatchException($"Several loaded assemblies have an exception type named '{ErrorType}'.");
    }
}
