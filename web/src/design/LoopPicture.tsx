// A loop as a circle: what acts on what, solid where more gives more, dashed where more gives less.
import { inOrder, plain } from "../api/caseDocument.ts";
import { type Loop, loopKind } from "../api/modelDocument.ts";
import { useMessages } from "../messages/index.ts";
import "./loopPicture.css";

const [WIDTH, HEIGHT, RADIUS] = [360, 230, 62];
const [CX, CY] = [WIDTH / 2, HEIGHT / 2];
/** Room between an arrow and the things it goes between, in radians. */
const GAP = 0.22;
const LABEL = { width: 104, height: 44 };

export function LoopPicture({ loop }: { loop: Loop }) {
  const { m } = useMessages();
  const links = inOrder(loop.links).map((link) => ({ id: link.id, text: link.text || m.model.unwritten, less: plain(link.sign) === "less" }));
  const kind = loopKind(loop);
  if (!kind) return null;
  const angle = (place: number) => (place / links.length) * 2 * Math.PI - Math.PI / 2;
  const words = links.map(({ text, less }, at) => m.model.actsOn(text, less, links[(at + 1) % links.length]?.text ?? ""));
  return (
    <svg className={`loop ${kind}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={`${m.model.loopKinds[kind]}: ${words.join(". ")}.`}>
      <text className="sign" x={CX} y={CY + 9}>
        {kind === "reinforcing" ? "+" : "−"}
      </text>
      {links.map(({ id, less }, at) => (
        <Arrow key={id} from={angle(at) + GAP} to={angle(at + 1) - GAP} less={less} />
      ))}
      {links.map(({ id, text }, at) => (
        <Named key={id} angle={angle(at)} text={text} />
      ))}
    </svg>
  );
}

const point = (angle: number, radius = RADIUS) => [CX + radius * Math.cos(angle), CY + radius * Math.sin(angle)] as const;

function Arrow({ from, to, less }: { from: number; to: number; less: boolean }) {
  const [[x1, y1], [x2, y2]] = [point(from), point(to)];
  const large = to - from > Math.PI ? 1 : 0;
  const turned = ((to + Math.PI / 2) * 180) / Math.PI;
  return (
    <g className={less ? "less" : "more"}>
      <path d={`M${x1} ${y1}A${RADIUS} ${RADIUS} 0 ${large} 1 ${x2} ${y2}`} />
      <path className="head" d="M-5 -4L1 0L-5 4" transform={`translate(${x2} ${y2}) rotate(${turned})`} />
    </g>
  );
}

function Named({ angle, text }: { angle: number; text: string }) {
  const [[x, y], [lx, ly]] = [point(angle), point(angle, RADIUS + 14)];
  const side = Math.cos(angle);
  const middle = Math.abs(side) < 0.2;
  const left = middle ? lx - LABEL.width / 2 : side > 0 ? lx : lx - LABEL.width;
  const top = middle ? (Math.sin(angle) < 0 ? ly - LABEL.height : ly) : ly - LABEL.height / 2;
  const where = middle ? (Math.sin(angle) < 0 ? "above" : "below") : side > 0 ? "right" : "left";
  return (
    <>
      <circle className="thing" cx={x} cy={y} r="4" />
      <foreignObject x={left} y={top} {...LABEL}>
        <div className={`label ${where}`}>
          <span>{text}</span>
        </div>
      </foreignObject>
    </>
  );
}
