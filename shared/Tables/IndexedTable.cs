using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace PelNas.Shared.Tables;

/// <summary>
/// A comma-separated table whose first column, <c>index</c>, is an architecture. Numbers are read a column at a time, because a
/// search needs one or two of them.
/// </summary>
/// <remarks>The loops over rows run once in a process, mostly at its start, so they are compiled optimised at once.</remarks>
internal sealed class IndexedTable
{
    private const string Key = "index";

    private readonly string _path;
    private readonly byte[] _text;
    private readonly string[] _columns;
    private readonly int[] _rowStarts;
    private readonly int[] _keys;
    private readonly int _keyCount;

    private IndexedTable(string path, byte[] text, string[] columns, int[] rowStarts, int[] keys, int keyCount)
    {
        _path = path;
        _text = text;
        _columns = columns;
        _rowStarts = rowStarts;
        _keys = keys;
        _keyCount = keyCount;
    }

    /// <summary>Checks the shape: header, number of rows and of fields, ascending keys.</summary>
    /// <exception cref="DataFileException">The table is not of that shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static IndexedTable Parse(string path, byte[] text, int rows, int keyCount)
    {
        int headerEnd = text.AsSpan().IndexOf((byte)'\n');
        if (headerEnd < 0 || text[^1] != '\n')
        {
            throw new DataFileException(path, "it does not end with a line break, so it was cut short");
        }

        string[] columns = Encoding.UTF8.GetString(text, 0, headerEnd).Split(',');
        if (columns[0] != Key || columns.Length == 1)
        {
            throw new DataFileException(path, $"its header is '{string.Join(',', columns)}', not '{Key}' and columns after it");
        }

        int found = text.AsSpan(headerEnd + 1).Count((byte)'\n');
        if (found != rows)
        {
            throw new DataFileException(path, $"it has {found} rows, not {rows}");
        }

        int[] rowStarts = new int[rows];
        int[] keys = new int[rows];
        int start = headerEnd + 1;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> line = Line(text, start);
            int fields = line.Count((byte)',') + 1;
            if (fields != columns.Length)
            {
                throw new DataFileException(path, $"line {row + 2} has {fields} fields, not {columns.Length}");
            }

            int previous = row == 0 ? -1 : keys[row - 1];
            if (!Utf8Parser.TryParse(line, out int key, out int consumed) || line[consumed] != ',' || key <= previous || key >= keyCount)
            {
                throw new DataFileException(path, $"line {row + 2} has no index above {previous} and below {keyCount}");
            }

            rowStarts[row] = start;
            keys[row] = key;
            start += line.Length + 1;
        }

        return new(path, text, columns, rowStarts, keys, keyCount);
    }

    /// <summary>The numbers of a column by architecture; NaN for an empty field and for an architecture without a row.</summary>
    /// <exception cref="DataFileException">There is no such column, or a field of it is not a finite number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Numbers(string column)
    {
        int position = Array.IndexOf(_columns, column);
        if (position < 1)
        {
            throw new DataFileException(_path, $"it has no column '{column}'");
        }

        double[] values = new double[_keyCount];
        values.AsSpan().Fill(double.NaN);
        for (int row = 0; row < _keys.Length; row++)
        {
            ReadOnlySpan<byte> field = Field(Line(_text, _rowStarts[row]), position);
            if (!field.IsEmpty)
            {
                values[_keys[row]] =
                    Utf8Parser.TryParse(field, out double value, out int consumed) && consumed == field.Length && double.IsFinite(value)
                        ? value
                        : throw NotANumber(field, row, column);
            }
        }

        return values;
    }

    /// <summary>The texts of a column by row.</summary>
    /// <exception cref="DataFileException">There is no such column.</exception>
    public IReadOnlyList<string> Texts(string column)
    {
        int position = Array.IndexOf(_columns, column);
        return position < 1
            ? throw new DataFileException(_path, $"it has no column '{column}'")
            : [.. _rowStarts.Select(start => Encoding.UTF8.GetString(Field(Line(_text, start), position)))];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Line(byte[] text, int start)
    {
        ReadOnlySpan<byte> rest = text.AsSpan(start);
        return rest[..rest.IndexOf((byte)'\n')];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int position)
    {
        for (; position > 0; position--)
        {
            line = line[(line.IndexOf((byte)',') + 1)..];
        }

        int end = line.IndexOf((byte)',');
        return end < 0 ? line : line[..end];
    }

    private DataFileException NotANumber(ReadOnlySpan<byte> field, int row, string column) => new(
        _path,
        $"line {row + 2}, column {column}: '{Encoding.UTF8.GetString(field)}' is not a finite number");
}
