using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PelNas.Local.Tests.Api;

/// <summary>
/// Writes a type's public and protected members the way real-api.txt has them: one line each, <c>Namespace.Type :: member</c>, parameters with
/// their names and defaults because callers use both, and the type's kind and the base of a class as lines of their own. Nullability of references is left out.
/// </summary>
internal static partial class ApiSignatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> MadeByTheCompiler =
        ["Equals", "GetHashCode", "ToString", "PrintMembers", "EqualityContract", "<Clone>$", "Deconstruct", "op_Equality", "op_Inequality"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    /// <summary>The lines of a type.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        var owner = Arity().Replace(type.FullName!, string.Empty);
        return Members(type).Prepend(Kind(type)).Concat(Base(type)).Select(member => $"{owner} :: {member}");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"));
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"{Name(invoke.ReturnType)} Invoke({Parameters(invoke)})"];
        }

        return type.GetConstructors(Declared).Where(constructor => IsVisible(constructor) && !constructor.IsStatic).Select(constructor =>
                $"{Access(constructor)}{Arity().Replace(type.Name, string.Empty)}({Parameters(constructor)})")
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible) && !MadeByTheCompiler.Contains(property.Name)).Select(Property))
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(field => $"{Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetEvents(Declared).Where(e => e.AddMethod is { } add && IsVisible(add)).Select(e => $"event {Name(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method) && !MadeByTheCompiler.Contains(method.Name)).Select(Method));
    }

    /// <summary>What a class that can be derived from or made is derived from.</summary>
    private static IEnumerable<string> Base(Type type) =>
        type.IsClass && !typeof(Delegate).IsAssignableFrom(type) && !(type.IsAbstract && type.IsSealed) ? [$": {Name(type.BaseType!)}"] : [];

    private static string Kind(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.GetMethod("<Clone>$") is not null ? "record"
            : "class";
        return type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type is { IsAbstract: true, IsInterface: false } ? $"abstract {kind}"
            : kind;
    }

    private static string Property(PropertyInfo property)
    {
        var first = property.GetAccessors(true).First(IsVisible);
        var accessors = string.Empty;
        if (property.GetMethod is { } getter && IsVisible(getter))
        {
            accessors += " get;";
        }

        if (property.SetMethod is { } setter && IsVisible(setter))
        {
            var isInit = setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            accessors += isInit ? " init;" : " set;";
        }

        return $"{Access(first)}{Modifier(first)}{Name(property.PropertyType)} {property.Name} {{{accessors} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return method.Name == "op_Implicit"
            ? $"static implicit operator {Name(method.ReturnType)}({Parameters(method)})"
            : $"{Access(method)}{Modifier(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter is { Position: 0 } && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty)
        + (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Default(parameter)}" : string.Empty)));

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        return type.IsArray ? Name(type.GetElementType()!) + "[]"
            : type.IsGenericType ? $"{Arity().Replace(type.Name, string.Empty)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";

    private static string Modifier(MethodBase method) => method.IsStatic ? "static "
        : method.IsAbstract ? method.DeclaringType!.IsInterface ? string.Empty : "abstract "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual "
        : string.Empty;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    [GeneratedRegex("`[0-9]+")]
    private static partial Regex Arity();
}
