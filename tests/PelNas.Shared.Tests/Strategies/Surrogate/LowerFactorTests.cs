using MathNet.Numerics.LinearAlgebra;
using PelNas.Shared.Strategies.Surrogate;

namespace PelNas.Shared.Tests.Strategies.Surrogate;

public sealed class LowerFactorTests
{
    private static readonly Matrix<double> Matrix = MakeMatrix(17);

    private readonly LowerFactor _factor = LowerFactor.Of(Matrix.ToRowArrays());

    [Fact]
    public void The_factor_is_that_of_MathNet()
    {
        Matrix<double> expected = Matrix.Cholesky().Factor;
        for (int column = 0; column < _factor.Size; column++)
        {
            double[] unit = new double[_factor.Size];
            unit[column] = 1;
            Vector<double>.Build.Dense(_factor.Multiply(unit)).Subtract(expected.Column(column)).L2Norm().ShouldBeLessThan(1e-10);
        }

        _factor.LogDeterminant.ShouldBe(Matrix.Cholesky().DeterminantLn, 1e-9);
    }

    [Fact]
    public void Solving_undoes_multiplying()
    {
        double[] x = [.. Enumerable.Range(0, _factor.Size).Select(i => Math.Sin(i))];
        double[] back = _factor.Solve(_factor.Multiply(x));
        back.Zip(x).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-10);
    }

    [Fact]
    public void Solving_for_many_columns_is_solving_for_each()
    {
        double[][] columns = [.. Enumerable.Range(0, 5).Select(column => Enumerable.Range(0, _factor.Size).Select(i => Math.Cos((7 * column) + i)).ToArray())];
        double[][] rows = [.. Enumerable.Range(0, _factor.Size).Select(row => columns.Select(column => column[row]).ToArray())];
        _factor.SolveRows(rows);
        for (int column = 0; column < columns.Length; column++)
        {
            double[] expected = _factor.Solve(columns[column]);
            Enumerable.Range(0, _factor.Size).ShouldAllBe(row => Math.Abs(rows[row][column] - expected[row]) < 1e-10);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
        => Should.Throw<ArgumentException>(() => LowerFactor.Of([[1, 2], [2, 1]])).Message.ShouldContain("row 1");

    private static Matrix<double> MakeMatrix(int size)
    {
        Matrix<double> root = Matrix<double>.Build.Dense(size, size, (i, j) => Math.Sin((3 * i) + (5 * j)));
        return (root * root.Transpose()) + (0.5 * Matrix<double>.Build.DenseIdentity(size));
    }
}
