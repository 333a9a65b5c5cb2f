using System.Reflection;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PelNas.Functions.Http;

/// <summary>
/// Refuses query parameters that a function does not read, before it does anything: one that is misspelt would change nothing, and nobody
/// would be told. The request is found as in <see cref="FaultAnswers"/>.
/// </summary>
internal sealed class UnknownParameters : IFunctionsWorkerMiddleware
{
    // A function key may stand in the query of every request.
    private const string Key = "code";

    private static readonly Dictionary<string, IReadOnlyList<string>> Known =
        (from type in typeof(UnknownParameters).Assembly.GetTypes()
         from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
         let function = method.GetCustomAttribute<FunctionAttribute>()
         where function is not null
         select (function.Name, Names: method.GetCustomAttribute<QueryNamesAttribute>()?.Names ?? []))
        .ToDictionary(function => function.Name, function => function.Names);

    /// <summary>The names that a function reads.</summary>
    public static IReadOnlyList<string> Of(string function) => Known.GetValueOrDefault(function, []);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        HttpContext http = context.GetHttpContext()!;
        IReadOnlyList<string> known = Of(context.FunctionDefinition.Name);
        Problems.Check(
        [
            .. http.Request.Query.Keys
                .Where(name => !known.Append(Key).Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(name => new FieldError(UntrustedText.Cut(name, 60), Explain(known))),
        ]);
        await next(context);
    }

    private static string Explain(IReadOnlyList<string> known)
        => known.Count == 0
            ? "is not a parameter of this request, which has none"
            : $"is not a parameter of this request; its parameters are {string.Join(", ", known)}";
}

/// <summary>
/// The query parameters that an HTTP function reads. Without it a function has none. Others are refused by <see cref="UnknownParameters"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QueryNamesAttribute(params string[] names) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
