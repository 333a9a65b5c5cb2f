using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PelNas.Shared.Common;

/// <summary>Numbers of which some are missing: NaN in memory and null in JSON, which has no other word for it.</summary>
internal sealed class MissingNumbersConverter : JsonConverter<ImmutableArray<double>>
{
    public override ImmutableArray<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => [.. (JsonSerializer.Deserialize<double?[]>(ref reader, options) ?? throw new JsonException("Expected numbers, found null."))
            .Select(value => value ?? double.NaN)];

    public override void Write(Utf8JsonWriter writer, ImmutableArray<double> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (double number in value)
        {
            if (double.IsNaN(number))
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteNumberValue(number);
            }
        }

        writer.WriteEndArray();
    }
}
