-- 增加顧客滿意度: NPS, CSAT and CES of the window, whole, by store and by survey.
select
    question_name,
    question_name_zh,
    breakdown_name,
    breakdown_value,
    answer_count,
    net_score,
    net_score_error,
    favourable_share,
    mean_score,
    mean_score_error,
    action

from {{ ref('agg_satisfaction') }}
where period_type = 'window'
order by question asc, breakdown_name asc, net_score desc, breakdown_value asc
