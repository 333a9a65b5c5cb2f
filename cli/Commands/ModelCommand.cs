using System.Text;
using PelNas.Functions;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas model</c>: writes the network around a cell as ONNX or as a PyTorch module.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        Argument<int> architecture = CommonOptions.Cell();
        Option<string> format = CommonOptions.Required("--format", "onnx (operator set 17) or pytorch (one Python file)", "NAME");
        format.CustomParser = result => CommonOptions.OneOf(result, format.Name, ExportFormats.All);
        ShapeOptions shape = new(new NetworkShape(16, 5, 32, 10));
        Option<string?> weights = CommonOptions.Text(
            "--weights",
            "The network's weights, and with them its sizes: a search that trained the cell, or a safetensors file "
                + "(default: the weights of a network before training, by --seed)",
            "RUN|FILE");
        Option<string> data = CommonOptions.Data();
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of the weights where none are given", 1);
        Option<string> output = CommonOptions.Required(
            "--output", "The file, or - for stdout; with --format pytorch and --weights a copy of the weights goes beside it", "FILE");
        Command command = new(
            "model",
            """
            Write the network around a cell as an ONNX model or a PyTorch module.

            Examples:
              pelnas model 6111 --format onnx --output cell.onnx
              pelnas model 6111 --format pytorch --dataset imagenet16-120 --output cell.py
              pelnas model 6111 --format onnx --weights 20260101-120000-1a2b3c4d --output cell.onnx
            """)
        {
            architecture, format, weights, seed, output, data,
        };
        command.AddAll(shape.All);

        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            int index = parsed.GetValue(architecture);
            string? path = parsed.GetValue(weights) is { } source ? WeightsFile(source, index, parsed.GetValue(data)!) : null;
            ExportedCell cell = new(index, shape.Parse(parsed, path is null ? null : SizesOf(path)));
            NetworkWeights? given = path is null ? null : ReadWeights(path, cell);
            string file = parsed.GetValue(output)!;
            if (parsed.GetValue(format) == ExportFormats.Onnx)
            {
                byte[] network = OnnxNetwork.Write(cell, given ?? NetworkWeights.Initial(cell.Layout, parsed.GetValue(seed)));
                await OutputFile.WriteAsync(file, network, cancellationToken);
                return ExitCode.Done;
            }

            if (given is not null && file == Terminal.StandardStream)
            {
                throw new UsageException("--output: the weights go to a file beside the module, so give a file.");
            }

            string beside = Path.ChangeExtension(file, ".safetensors");
            if (given is not null && beside == file)
            {
                throw new UsageException(
                    "--output: the weights go to a file of that name, so give the module another, such as one that ends in .py.");
            }

            byte[] module = Encoding.UTF8.GetBytes(PyTorchModule.Write(cell));
            await OutputFile.WriteAsync(file, module, cancellationToken);
            if (given is not null)
            {
                SafetensorsFile.Write(beside, given, cell.Metadata);
                Console.Out.WriteLine(beside);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string WeightsFile(string source, int index, string data)
    {
        if (File.Exists(source))
        {
            return source;
        }

        string kept = Path.Combine(PelNasServices.TrainingPath(data), source, $"{index}.safetensors");
        return RunIds.IsValid(source) && File.Exists(kept)
            ? kept
            : throw new UsageException($"--weights: '{source}' is no file, and no search of {data} that trained cell {index}.");
    }

    private static NetworkShape? SizesOf(string path)
    {
        try
        {
            return ExportedCell.ShapeOf(SafetensorsFile.ReadMetadata(path));
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"--weights: {exception.Message}");
        }
    }

    private static NetworkWeights ReadWeights(string path, ExportedCell cell)
    {
        try
        {
            return SafetensorsFile.Read(path, cell.Layout);
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"--weights: {exception.Message} Give the sizes that it was trained with.");
        }
    }
}
