using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Host.Catalog;

/// <summary>
/// All functions of the app. The Functions SDK has checked their declarations; here is checked what this host cannot run.
/// </summary>
internal sealed class FunctionCatalog
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, FunctionDescriptor> _functions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the app's functions.</summary>
    /// <exception cref="FunctionDefinitionException">One cannot be run; the message names it and the fix.</exception>
    public FunctionCatalog(IOptions<LocalHostOptions> options, IConfiguration configuration)
    {
        foreach (MethodInfo method in (options.Value.FunctionTypes ?? Assembly.GetEntryAssembly()!.GetTypes())
            .SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name })
            {
                continue;
            }

            try
            {
                _functions.Add(name, Create(name, method, configuration));
            }
            catch (FunctionDefinitionException exception)
            {
                throw new FunctionDefinitionException(
                    $"The function '{name}' ({method.DeclaringType!.FullName}.{method.Name}) cannot be run: {exception.Message}.");
            }
        }
    }

    public IEnumerable<FunctionDescriptor> Http => _functions.Values.Where(function => function.Trigger is HttpTriggerAttribute);

    public IEnumerable<FunctionDescriptor> Timers => _functions.Values.Where(function => function.Schedule is not null);

    /// <summary>The function of a name and kind of trigger, or null.</summary>
    public FunctionDescriptor? Find<TTrigger>(string name)
        => _functions.TryGetValue(name, out FunctionDescriptor? function) && function.Trigger is TTrigger ? function : null;

    private static FunctionDescriptor Create(string name, MethodInfo method, IConfiguration configuration)
    {
        TriggerBindingAttribute trigger = method.GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>()).OfType<TriggerBindingAttribute>().Single();
        return trigger switch
        {
            TimerTriggerAttribute timer =>
                new FunctionDescriptor(name, new FunctionMethod(method, timer), timer, TimerSchedule.Parse(timer.Schedule, configuration)),
            HttpTriggerAttribute { AuthLevel: not (AuthorizationLevel.Anonymous or AuthorizationLevel.Function) and var level } =>
                throw new FunctionDefinitionException($"the level {level} has no key here; give it the level Function or Anonymous"),
            _ => new FunctionDescriptor(name, new FunctionMethod(method, trigger), trigger),
        };
    }
}

/// <summary>A function is declared in a way the host cannot run. The message names the function and the fix.</summary>
/// <param name="message">Both.</param>
public sealed class FunctionDefinitionException(string message) : Exception(message);
