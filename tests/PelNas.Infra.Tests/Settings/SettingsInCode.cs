using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using PelNas.Functions;
using PelNas.Shared.Storage;

namespace PelNas.Infra.Tests.Settings;

/// <summary>
/// The settings that the app reads, as names of environment variables. They are found, not listed: every options class says its
/// configuration section in a constant <c>Section</c>, and the host reads those that a trigger names between percent signs.
/// </summary>
internal static partial class SettingsInCode
{
    private const string Root = "PelNas";

    private static readonly Assembly[] App = [typeof(PelNasOptions).Assembly, typeof(StorageOptions).Assembly];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. OptionsClasses().SelectMany(options => Leaves(Section(options)!, options)).Concat(OfTriggers())
            .Select(key => key.Replace(":", "__", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The classes that configuration sections are bound to.</summary>
    public static IEnumerable<Type> OptionsClasses()
        => App.SelectMany(assembly => assembly.GetTypes()).Where(type => Section(type) is not null);

    private static string? Section(Type type) =>
        type.GetField(
            "Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() is string section
        && (section == Root || section.StartsWith(Root + ":", StringComparison.Ordinal)) ? section : null;

    // A settable property of a simple type is a setting, one of a class of the app a section, and a list or dictionary one setting with
    // keys below it.
    private static IEnumerable<string> Leaves(string section, Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } || App.Contains(property.PropertyType.Assembly))
            .SelectMany(property => App.Contains(property.PropertyType.Assembly) && property.PropertyType.IsClass
                ? Leaves($"{section}:{property.Name}", property.PropertyType)
                : [$"{section}:{property.Name}"]);

    private static IEnumerable<string> OfTriggers() =>
        from type in App[0].GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<TimerTriggerAttribute>()
        where trigger is not null
        from Match match in Placeholder().Matches(trigger.Schedule)
        select match.Groups[1].Value;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
