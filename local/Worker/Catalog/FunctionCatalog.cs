using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace PelNas.Local.Worker.Catalog;

/// <summary>All functions of the app. Building it checks them, so that a wrong declaration stops the start and not a later call.</summary>
internal sealed class FunctionCatalog
{
    private readonly IReadOnlyList<FunctionDescriptor> _functions;

    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> functions)
    {
        _functions = functions;
        Orchestrators = functions.OfType<OrchestratorFunction>().ToDictionary(function => function.TaskName, StringComparer.OrdinalIgnoreCase);
        Activities = functions.OfType<ActivityFunction>().ToDictionary(function => function.TaskName, StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<HttpFunction> Http => _functions.OfType<HttpFunction>();

    public IEnumerable<TimerFunction> Timers => _functions.OfType<TimerFunction>();

    public IReadOnlyDictionary<string, OrchestratorFunction> Orchestrators { get; }

    public IReadOnlyDictionary<string, ActivityFunction> Activities { get; }

    /// <summary>The functions of the app that the options name.</summary>
    /// <exception cref="FunctionDefinitionException">Functions are declared wrongly; the message lists all of them.</exception>
    public static FunctionCatalog Create(LocalHostOptions options, IConfiguration configuration)
    {
        var types = options.FunctionTypes
            ?? (options.FunctionsAssembly ?? Assembly.GetEntryAssembly())?.GetTypes()
            ?? throw new InvalidOperationException("This process has no entry assembly; set LocalHostOptions.FunctionsAssembly to the app's assembly.");
        return Create(types, HostJson.Read(options.HostJsonPath).RoutePrefix, configuration);
    }

    /// <summary>The functions of the given classes.</summary>
    /// <exception cref="FunctionDefinitionException">Functions are declared wrongly; the message lists all of them.</exception>
    public static FunctionCatalog Create(IEnumerable<Type> types, string routePrefix, IConfiguration configuration)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var factory = new FunctionFactory(routePrefix, configuration);
        var functions = new List<FunctionDescriptor>();
        var errors = new List<string>();
        foreach (var method in types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
            {
                continue;
            }

            try
            {
                functions.Add(factory.Create(attribute.Name, method));
            }
            catch (FunctionDefinitionException exception)
            {
                errors.Add($"function '{attribute.Name}' ({method.DeclaringType!.FullName}.{method.Name}): {exception.Message}.");
            }
        }

        errors.AddRange(Duplicates(functions, function => function.Name, "have the same name; names must differ, and case does not count"));
        errors.AddRange(Duplicates(
            functions.OfType<OrchestratorFunction>(), function => function.TaskName, "are both orchestrators of one name; rename one"));
        errors.AddRange(Duplicates(functions.OfType<ActivityFunction>(), function => function.TaskName, "are both activities of one name; rename one"));
        errors.AddRange(SharedRoutes([.. functions.OfType<HttpFunction>()]));
        return errors.Count == 0
            ? new FunctionCatalog(functions)
            : throw new FunctionDefinitionException("The app's functions cannot be run: " + string.Join(' ', errors.Distinct()));
    }

    private static IEnumerable<string> Duplicates<T>(IEnumerable<T> functions, Func<T, string> key, string problem)
        where T : FunctionDescriptor =>
        functions.GroupBy(key, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"functions {Names(group)} {problem}.");

    private static IEnumerable<string> SharedRoutes(IReadOnlyList<HttpFunction> functions) =>
        functions.SelectMany(function => (function.HttpMethods.Count == 0 ? ["any"] : function.HttpMethods).Select(method => (function, method)))
            .GroupBy(pair => (Route: pair.function.Route.RawText!.ToUpperInvariant(), pair.method), pair => pair.function)
            .Where(group => group.Count() > 1)
            .Select(group => $"functions {Names(group)} serve the same route '{group.First().Route.RawText}' with the same method; change one route.");

    private static string Names(IEnumerable<FunctionDescriptor> functions) => string.Join(" and ", functions.Select(function => $"'{function.Name}'"));
}
