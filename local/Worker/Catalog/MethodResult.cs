using System.Reflection;

namespace PelNas.Local.Worker.Catalog;

/// <summary>Brings what a function's method returns (nothing, a value, a Task or a ValueTask) to one form.</summary>
internal static class MethodResult
{
    /// <summary>The type of value a method with this return type yields in the end; void if none.</summary>
    public static Type ValueType(Type returnType)
    {
        if (returnType == typeof(Task) || returnType == typeof(ValueTask))
        {
            return typeof(void);
        }

        return IsGeneric(returnType, typeof(Task<>)) || IsGeneric(returnType, typeof(ValueTask<>))
            ? returnType.GetGenericArguments()[0]
            : returnType;
    }

    /// <summary>A function that awaits what a method with this return type returned.</summary>
    public static Func<object?, Task<object?>> AwaiterFor(Type returnType)
    {
        if (returnType == typeof(Task))
        {
            return AwaitTask;
        }

        if (returnType == typeof(ValueTask))
        {
            return AwaitValueTask;
        }

        var generic = IsGeneric(returnType, typeof(Task<>)) ? nameof(AwaitTaskOf)
            : IsGeneric(returnType, typeof(ValueTask<>)) ? nameof(AwaitValueTaskOf)
            : null;
        return generic is null
            ? Task.FromResult
            : typeof(MethodResult).GetMethod(generic, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(returnType.GetGenericArguments())
                .CreateDelegate<Func<object?, Task<object?>>>();
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static async Task<object?> AwaitTask(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async Task<object?> AwaitTaskOf<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> AwaitValueTask(object? task)
    {
        await (ValueTask)task!;
        return null;
    }

    private static async Task<object?> AwaitValueTaskOf<T>(object? task) => await (ValueTask<T>)task!;
}
