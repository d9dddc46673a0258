{{ crm_warehouse.judged('crm', 'opportunity_orders') }}
