/**
 * @file The Fréchet distance between two sets of features, each taken as a normal distribution: the number that is known as
 * FID when the features are an Inception network's. Only distances of the same features and counts compare.
 */
import { DalleError } from "@dalle-ts/tensor";
import { covariance, EigenvalueDecomposition, Matrix } from "ml-matrix";

/** At least two vectors in each set, all of one length. Returns a number ≥ 0; 0 for sets of the same mean and covariance. */
export function frechetDistance(
  left: readonly Float32Array[],
  right: readonly Float32Array[],
): number {
  if (left.length < 2 || right.length < 2) {
    throw new DalleError(
      "bad_shape",
      `A Fréchet distance needs two vectors or more in each set, got ${left.length} and ${right.length}; judge more pictures.`,
    );
  }
  const [a, b] = [left, right].map((rows) => new Matrix(rows.map((row) => Array.from(row)))) as [
    Matrix,
    Matrix,
  ];
  const apart = Matrix.sub(Matrix.rowVector(a.mean("column")), Matrix.rowVector(b.mean("column")));
  const [spreadOfA, spreadOfB] = [covariance(a), covariance(b)];
  // The trace of (A B)^½ is that of (A^½ B A^½)^½, whose matrix is symmetric.
  const root = squareRoot(spreadOfA);
  const product = root.mmul(spreadOfB).mmul(root);
  const shared = eigenvaluesOf(product).reduce((sum, value) => sum + Math.sqrt(value), 0);
  const distance = apart.dot(apart) + spreadOfA.trace() + spreadOfB.trace() - 2 * shared;
  return Math.max(0, distance); // rounding may leave a little less than nothing
}

/** Of a symmetric matrix without negative eigenvalues. */
function squareRoot(matrix: Matrix): Matrix {
  const { eigenvectorMatrix: vectors, realEigenvalues } = decompose(matrix);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return vectors.mmul(Matrix.diag(roots)).mmul(vectors.transpose());
}

/** Those that rounding made negative are 0. */
function eigenvaluesOf(matrix: Matrix): number[] {
  return decompose(matrix).realEigenvalues.map((value) => Math.max(0, value));
}

function decompose(matrix: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
}
