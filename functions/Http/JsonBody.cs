using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PelNas.Functions.Http;

/// <summary>
/// Reads the JSON body of a request strictly, field by field, so that everything wrong with it is reported at once and by field, in words
/// that do not speak of the code behind it.
/// </summary>
internal static class JsonBody
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonSerializerOptions Strict = new(PelNasJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The body as a value.</summary>
    /// <exception cref="RefusedException">413, 415, or 400 that names every field at fault.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
        => Read<T>(await RequestBody.ReadAsync(request, maxBytes, cancellationToken, MediaTypeNames.Application.Json));

    /// <summary>Some JSON as a value.</summary>
    /// <exception cref="RefusedException">400 that names every field at fault.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            throw Problems.MalformedJson("The body is empty; send a JSON object.");
        }

        try
        {
            CheckText(utf8.Span);
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read<T>(document.RootElement);
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $" at line {line + 1}, byte {exception.BytePositionInLine + 1}" : "";

            // The message ends with the place in a form that counts from 0.
            throw Problems.MalformedJson($"The body is not well-formed JSON{place}: {exception.Message.Split(" LineNumber:", 2)[0]}");
        }
    }

    private static T Read<T>(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Problems.MalformedJson($"The body must be a JSON object, not {Found(json)}.");
        }

        Problems.Check([.. Faults(json, typeof(T), "")]);
        return json.Deserialize<T>(Strict)!;
    }

    /// <summary>What is wrong with the fields of an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="type">What it is to be read as.</param>
    /// <param name="prefix">What errors put before a field's name: where the object is, with a full stop.</param>
    private static IEnumerable<FieldError> Faults(JsonElement json, Type type, string prefix)
    {
        Dictionary<string, JsonPropertyInfo> known = Strict.GetTypeInfo(type).Properties.ToDictionary(
            property => property.Name, StringComparer.Ordinal);
        foreach (JsonProperty field in json.EnumerateObject())
        {
            if (!known.TryGetValue(field.Name, out JsonPropertyInfo? property))
            {
                yield return new(prefix + UntrustedText.Cut(field.Name, 60),
                    $"is not a field of this request; its fields are {string.Join(", ", known.Keys.Select(name => prefix + name))}");
            }
            else if (Fault(field.Value, property, prefix + field.Name) is { } fault)
            {
                yield return fault;
            }
        }

        foreach (JsonPropertyInfo property in known.Values.Where(
            property => property.IsRequired && !json.TryGetProperty(property.Name, out _)))
        {
            yield return new(prefix + property.Name, $"is missing; give {Expected(property.PropertyType)}");
        }
    }

    /// <summary>
    /// Refuses what the parser lets through and no text can be made of: bytes that are not UTF-8, and half a surrogate pair.
    /// </summary>
    /// <exception cref="JsonException">The body is not well-formed JSON.</exception>
    private static void CheckText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            Utf8.GetCharCount(utf8);
        }
        catch (DecoderFallbackException exception)
        {
            throw Problems.MalformedJson($"The body is not UTF-8: byte {exception.Index + 1} does not belong to a character.");
        }

        Utf8JsonReader reader = new(utf8);
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                throw Problems.MalformedJson(
                    $"The text at byte {reader.TokenStartIndex + 1} has half of a surrogate pair; "
                        + "write both halves, or the character itself.");
            }
        }
    }

    private static FieldError? Fault(JsonElement value, JsonPropertyInfo property, string name)
    {
        Type type = property.PropertyType;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return IsNullable(property) ? null : new(name, $"must be {Expected(type)}, not null");
        }

        return Fits(value, type) ? NullEntry(value, property, name) : Misfit(value, type, name);
    }

    private static bool Fits(JsonElement value, Type type)
    {
        try
        {
            value.Deserialize(type, Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with a value that does not fit its type, by the innermost place that has a name.</summary>
    private static FieldError Misfit(JsonElement value, Type type, string name)
    {
        JsonTypeInfo info = Strict.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (value.ValueKind == JsonValueKind.Array && info.ElementType is { } element)
        {
            foreach ((int index, JsonElement entry) in value.EnumerateArray().Index())
            {
                if (!Fits(entry, element))
                {
                    return Misfit(entry, element, $"{name}[{index}]");
                }
            }
        }

        FieldError? inside = value.ValueKind == JsonValueKind.Object && info.Kind == JsonTypeInfoKind.Object
            ? Faults(value, info.Type, $"{name}.").FirstOrDefault()
            : null;
        return inside ?? new(name, $"must be {Expected(type)}, not {Found(value)}");
    }

    /// <summary>A null in a list. The deserialiser takes it whatever the type says, and no list of any request has use for one.</summary>
    private static FieldError? NullEntry(JsonElement value, JsonPropertyInfo property, string name)
    {
        if (value.ValueKind != JsonValueKind.Array || property.PropertyType == typeof(JsonElement))
        {
            return null;
        }

        int at = value.EnumerateArray().TakeWhile(entry => entry.ValueKind != JsonValueKind.Null).Count();
        return at < value.GetArrayLength() ? new($"{name}[{at}]", "must not be null; give a value or leave the entry out") : null;
    }

    private static bool IsNullable(JsonPropertyInfo property) => property.AssociatedParameter is { } parameter
        ? parameter.IsNullable
        : property.IsSetNullable && (!property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null);

    private static string Expected(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare == typeof(int) => "a whole number of up to 9 digits",
            _ when bare == typeof(long) => "a whole number",
            _ when bare == typeof(double) => "a number",
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(string) => "a text",
            _ when bare.IsEnum =>
                $"one of the texts {string.Join(", ", Enum.GetNames(bare).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
            _ when bare.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "an array",
            _ => "an object",
        };
    }

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{UntrustedText.Cut(value.GetString()!, 60)}\"",
        JsonValueKind.Number => $"the number {UntrustedText.Cut(value.GetRawText(), 60)}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
