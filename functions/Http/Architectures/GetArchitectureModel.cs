using System.Net.Mime;
using System.Text;
using PelNas.Shared.Export;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Functions.Http.Architectures;

/// <summary><c>GET /architectures/{architecture}/model</c>: the network around a cell as ONNX or as a PyTorch module.</summary>
public sealed class GetArchitectureModel
{
    private const int Channels = 16;
    private const int CellsPerStage = 5;

    [Function(nameof(GetArchitectureModel))]
    [QueryNames("format", "dataset", "channels", "cells", "imageSize", "classes", "imageChannels")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "architectures/{architecture}/model")] HttpRequest request,
        string architecture)
    {
        if (!CellText.TryRead(NasBench201.Instance, architecture, out int index, out string? error))
        {
            throw Problems.Invalid("architecture", error!);
        }

        QueryParameters query = new(request);
        string format = query.OneOf("format", ExportFormats.All) ?? ExportFormats.Onnx;
        DatasetShape dataset = DatasetShape.Of(query.OneOf("dataset", DatasetShape.Known) ?? DatasetShape.Known[0]);
        NetworkShape shape = new(
            query.WholeNumber("channels", 1, NetworkShape.MaxChannels) ?? Channels,
            query.WholeNumber("cells", 1, NetworkShape.MaxCells) ?? CellsPerStage,
            query.WholeNumber("imageSize", NetworkShape.MinResolution, NetworkShape.MaxResolution) ?? dataset.Resolution,
            query.WholeNumber("classes", 2, NetworkShape.MaxClasses) ?? dataset.Classes,
            query.WholeNumber("imageChannels", 1, 3) ?? 3);
        query.Check();

        ExportedCell cell = new(index, shape);
        string name = $"cell-{index}";
        return format == ExportFormats.Onnx
            ? Results.File(OnnxNetwork.Write(cell), MediaTypeNames.Application.Octet, $"{name}.onnx")
            : Results.File(Encoding.UTF8.GetBytes(PyTorchModule.Write(cell)), "text/x-python; charset=utf-8", $"{name}.py");
    }
}
